/**
 * The main job from end to end: prompts become variants, jobs, clips, scores, tables and a report in one run folder.
 *
 * <p>May use every other room. Start reading at {@link dev.moviola.campaign.Campaign}.
 */
@NullMarked
package dev.moviola.campaign;

import org.jspecify.annotations.NullMarked;
