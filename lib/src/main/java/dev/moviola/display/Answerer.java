package dev.moviola.display;

import java.util.Map;

/**
 * Answers what the page of a shown value asks while the process lives, such as another page of a table.
 *
 * <p>Questions come from outside: an implementation checks them and limits what it answers. Called from any thread, also
 * from several at once.
 */
@FunctionalInterface
public interface Answerer {
    /**
     * The answer to a question, both as JSON trees.
     *
     * @throws dev.moviola.MoviolaException when there is none; its message is shown to the reader of the page
     */
    Map<String, ?> answer(Map<String, ?> question);
}
