package dev.moviola.frame.internal;

import dev.moviola.sweep.Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a space by how much they matter. */
public final class Ranking {
    private Ranking() {}

    /** Up to {@code most} axes, the one that matters most first; in order of the space before that can be told. */
    public static List<SweepAxis> axes(Space space, Map<String, Double> shares, int most) {
        Map<String, Integer> rank = new HashMap<>();
        shares.keySet().forEach(name -> rank.put(name, rank.size()));
        return SweepAxis.of(space).stream()
                .sorted(Comparator.comparingInt(axis -> rank.getOrDefault(axis.dimension(), 0)))
                .limit(most)
                .toList();
    }

    /** The two parameters that matter most; two weights of one simplex only where there is nothing else. */
    public static List<SweepAxis> two(Space space, Map<String, Double> shares) {
        List<SweepAxis> axes = axes(space, shares, Integer.MAX_VALUE);
        List<SweepAxis> two = new ArrayList<>(axes.subList(0, Math.min(2, axes.size())));
        for (int i = 1; i < axes.size(); i++) {
            if (!axes.get(i).dimension().equals(axes.get(0).dimension())) {
                two.set(1, axes.get(i));
                break;
            }
        }
        return two;
    }
}
