package changelogs.ops;

/** What makes a check of a verify.sql fail, and how many offenders it should count. */
record Damage(String check, String sql, int offenders) {
}
