package changelogs.ops;

/** SQL that makes a check of verify.sql fail, and the number of offending rows that the check must report. */
record Damage(String check, String sql, int offenders) {
}
