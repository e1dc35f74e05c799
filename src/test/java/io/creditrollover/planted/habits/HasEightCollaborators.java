package io.creditrollover.planted.habits;

import org.springframework.stereotype.Component;

@Component
abstract class HasEightCollaborators {

    HasEightCollaborators(Object a, Object b, Object c, Object d, Object e, Object f, Object g, Object h) {}
}
