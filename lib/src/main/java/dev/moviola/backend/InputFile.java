package dev.moviola.backend;

import dev.moviola.ledger.Artefact;
import java.nio.file.Path;

/**
 * An artefact of an earlier job that a later one needs.
 *
 * @param artefact what the ledger says of it
 * @param path where it can be read
 */
public record InputFile(Artefact artefact, Path path) {}
