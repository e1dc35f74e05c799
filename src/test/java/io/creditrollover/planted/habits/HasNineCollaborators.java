package io.creditrollover.planted.habits;

import org.springframework.stereotype.Service;

@Service
abstract class HasNineCollaborators {

    HasNineCollaborators(Object a, Object b, Object c, Object d, Object e, Object f, Object g, Object h, Object i) {}
}
