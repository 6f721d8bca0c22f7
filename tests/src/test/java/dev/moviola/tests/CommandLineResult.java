package dev.moviola.tests;

import java.util.List;

/**
 * What a command left behind.
 *
 * @param command its words
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandLineResult(List<String> command, int code, String out, String err) {}
