package changelogs.mutations;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A random sample of mutations, the same for the same seed. */
record Sample(int size, String seed) {

    List<Mutation> of(List<Mutation> mutations) {
        List<Mutation> shuffled = new ArrayList<>(mutations);
        shuffled.sort(Comparator.comparing(Mutation::id));
        Collections.shuffle(shuffled, new Random(seed.hashCode()));
        return shuffled.subList(0, Math.min(size, shuffled.size()));
    }
}
