package changelogs.bench;

/** A cost and that of its baseline, in milliseconds or round trips. */
record Cost(double ours, double baseline) {

    double ratio() {
        return ours / baseline;
    }
}
