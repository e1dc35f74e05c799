package io.creditrollover.planted.habits;

import org.springframework.stereotype.Service;

@Service
abstract class HasSixCollaborators {

    HasSixCollaborators(Object a, Object b, Object c, Object d, Object e, Object f) {}
}
