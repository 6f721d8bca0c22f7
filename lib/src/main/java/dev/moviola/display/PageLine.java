package dev.moviola.display;

/**
 * Where the script of a page reaches an {@link Answerer}: a comm of Jupyter's protocol.
 *
 * @param kernel the id under which Jupyter's server knows the kernel
 * @param target the name under which the comm is opened
 * @param id says which answerer is meant, under {@code id} in the data of the message that opens the comm
 */
public record PageLine(String kernel, String target, String id) {}
