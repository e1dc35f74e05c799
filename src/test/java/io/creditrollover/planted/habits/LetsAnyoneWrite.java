package io.creditrollover.planted.habits;

class LetsAnyoneWrite {

    public static final int LIMIT = 1;
    public int credits;
}
