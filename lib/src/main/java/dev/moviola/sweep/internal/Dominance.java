package dev.moviola.sweep.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The order of losses for several goals: one vector dominates another if it is nowhere worse and somewhere better. */
public final class Dominance {
    private Dominance() {}

    /** Whether {@code a} dominates {@code b}. */
    public static boolean dominates(double[] a, double[] b) {
        boolean better = false;
        for (int goal = 0; goal < a.length; goal++) {
            if (a[goal] > b[goal]) {
                return false;
            }
            better |= a[goal] < b[goal];
        }
        return better;
    }

    /** The places of those that none dominates, in order; quick while they are few. */
    public static List<Integer> best(List<double[]> losses) {
        Integer[] order = new Integer[losses.size()];
        Arrays.setAll(order, i -> i);
        // Whatever dominates a vector comes before it in this order.
        Arrays.sort(order, (a, b) -> compare(losses.get(a), losses.get(b)));
        List<Integer> best = new ArrayList<>();
        for (int i : order) {
            if (best.stream().noneMatch(other -> dominates(losses.get(other), losses.get(i)))) {
                best.add(i);
            }
        }
        best.sort(Comparator.naturalOrder());
        return best;
    }

    private static int compare(double[] a, double[] b) {
        for (int goal = 0; goal < a.length; goal++) {
            if (a[goal] != b[goal]) {
                return a[goal] < b[goal] ? -1 : 1;
            }
        }
        return 0;
    }

    /** The places of those that none dominates, then of those that only these dominate, and so on. */
    public static List<List<Integer>> fronts(List<double[]> losses) {
        int n = losses.size();
        int[] dominators = new int[n];
        List<List<Integer>> dominated = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            dominated.add(new ArrayList<>());
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (dominates(losses.get(i), losses.get(j))) {
                    dominated.get(i).add(j);
                    dominators[j]++;
                }
            }
        }
        List<List<Integer>> fronts = new ArrayList<>();
        List<Integer> front = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (dominators[i] == 0) {
                front.add(i);
            }
        }
        while (!front.isEmpty()) {
            fronts.add(List.copyOf(front));
            List<Integer> next = new ArrayList<>();
            for (int i : front) {
                for (int j : dominated.get(i)) {
                    if (--dominators[j] == 0) {
                        next.add(j);
                    }
                }
            }
            next.sort(Comparator.naturalOrder());
            front = next;
        }
        return fronts;
    }

    /**
     * How far each member of a front is from its neighbours, summed over goals as shares of the front's extent; infinite
     * at the ends.
     */
    static double[] crowding(List<double[]> front) {
        int n = front.size();
        double[] distance = new double[n];
        int goals = n == 0 ? 0 : front.get(0).length;
        for (int g = 0; g < goals; g++) {
            int goal = g;
            Integer[] order = new Integer[n];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparingDouble(i -> front.get(i)[goal]));
            double extent = front.get(order[n - 1])[goal] - front.get(order[0])[goal];
            distance[order[0]] = Double.POSITIVE_INFINITY;
            distance[order[n - 1]] = Double.POSITIVE_INFINITY;
            for (int k = 1; k < n - 1 && extent > 0; k++) {
                distance[order[k]] += (front.get(order[k + 1])[goal] - front.get(order[k - 1])[goal]) / extent;
            }
        }
        return distance;
    }
}
