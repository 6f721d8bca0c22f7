package dev.moviola.defect;

import java.util.EnumMap;
import java.util.Map;

/**
 * Where in the picture and when the signs of each defect are, for heat maps.
 *
 * @param cellsAcross columns of cells
 * @param cellsDown rows of cells; the cells divide the picture evenly, so that column x begins at the source's pixel
 *     {@code x * width / cellsAcross}; a clip of 16:9 has 20 x 11 whatever its size
 * @param values for each defect {@code [frame][row][column]}, 0..1; defects of the whole picture have equal values in
 *     all cells of a frame
 */
public record DefectMaps(int cellsAcross, int cellsDown, Map<Defect, float[][][]> values) {
    /** Copies the map, not the arrays; they must not be written to. */
    public DefectMaps {
        values = java.util.Collections.unmodifiableMap(
                values.isEmpty() ? new EnumMap<>(Defect.class) : new EnumMap<>(values));
    }

    /** The map of one defect, {@code [frame][row][column]}; no frames when the clip was too short for it. */
    public float[][][] of(Defect defect) {
        return values.getOrDefault(defect, new float[0][][]);
    }
}
