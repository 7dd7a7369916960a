package changelogs.bench;

/** A measured cost as a multiple of a baseline that was measured in the same run. */
record Figure(Name name, Cost cost) {

    /**
     * What was measured.
     *
     * @param part table of the page, for example reads
     * @param row row of the table, for example the name of a database table
     * @param column column of the table, for example the caller and the statement
     */
    record Name(String part, String row, String column) {

        @Override
        public String toString() {
            return part + ": " + row + ", " + column;
        }
    }

    String part() {
        return name.part();
    }

    String row() {
        return name.row();
    }

    String column() {
        return name.column();
    }

    double ratio() {
        return cost.ratio();
    }
}
