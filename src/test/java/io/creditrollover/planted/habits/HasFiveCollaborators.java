package io.creditrollover.planted.habits;

import org.springframework.stereotype.Component;

@Component
abstract class HasFiveCollaborators {

    HasFiveCollaborators(Object a, Object b, Object c, Object d, Object e) {}
}
