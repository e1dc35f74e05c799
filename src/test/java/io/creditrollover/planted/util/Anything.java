package io.creditrollover.planted.util;

class Anything {}
