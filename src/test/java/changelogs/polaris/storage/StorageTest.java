package changelogs.polaris.storage;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access to files in the buckets user-media and public-assets. */
class StorageTest {

    private static final String MEDIA = "user-media";
    private static final String ASSETS = "public-assets";
    private static final String UPLOAD = "insert into storage.objects (bucket_id, name) values (?, ?)";
    private static final String ALL = "select name from storage.objects order by name";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    @BeforeEach
    void filesOfEveryone() {
        Session owner = People.signUp(polaris);
        owner.update("insert into storage.buckets (id, name) values ('exports', 'exports')");
        for (Caller caller : new Caller[] {ALICE, BOB}) {
            owner.update(UPLOAD, MEDIA, of(caller, "answer.webm"));
        }
        owner.update(UPLOAD, ASSETS, "coaches/interview.webp");
        owner.update(UPLOAD, "exports", of(ALICE, "export.csv"));
    }

    private static String of(Caller caller, String file) {
        return caller.account() + "/" + file;
    }

    @Test
    void bucketsHaveSizeAndTypeLimits() {
        Session owner = polaris.owner();

        assertThat(owner.rows("select id, public, file_size_limit from storage.buckets where id in (?, ?) order by id", MEDIA, ASSETS))
                .containsExactly(row("id", "public-assets", "public", true, "file_size_limit", 10485760L),
                        row("id", "user-media", "public", false, "file_size_limit", 52428800L));
        assertThat(owner.column(String.class, "select unnest(allowed_mime_types) from storage.buckets where id in (?, ?)", MEDIA, ASSETS))
                .contains("audio/webm", "image/webp").doesNotContain("image/svg+xml", "text/html");
    }

    @Test
    void learnersSeeOnlyTheirFolder() {
        assertThat(polaris.as(ALICE).column(String.class, ALL)).containsExactly(of(ALICE, "answer.webm"));
        assertThat(polaris.as(BOB).column(String.class, ALL)).containsExactly(of(BOB, "answer.webm"));
    }

    @Test
    void visitorsCannotListOrWriteFiles() {
        Session anon = polaris.as(ANON);

        assertThat(anon.column(String.class, ALL)).isEmpty();
        assertThat(anon.update("delete from storage.objects")).isZero();
        assertThat(anon.update("update storage.objects set name = 'mine'")).isZero();
        assertThatThrownBy(() -> anon.update(UPLOAD, MEDIA, of(ALICE, "x.webm"))).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> anon.update(UPLOAD, ASSETS, "coaches/x.webp")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void adminsManageAssetsButCannotReadUserMedia() {
        Session admin = polaris.as(ADMIN);

        assertThat(admin.column(String.class, ALL)).containsExactly("coaches/interview.webp");
        assertThat(admin.update(UPLOAD, ASSETS, "og/start.png")).isOne();
        assertThat(admin.update("update storage.objects set name = 'og/home.png' where name = 'og/start.png'")).isOne();
        assertThat(admin.update("delete from storage.objects where name = 'og/home.png'")).isOne();
        assertThat(admin.update("delete from storage.objects where bucket_id = ?", MEDIA)).isZero();
        assertThatThrownBy(() -> admin.update(UPLOAD, MEDIA, of(ALICE, "x.webm"))).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> admin.update("update storage.objects set bucket_id = 'exports'")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void serviceSeesAllFiles() {
        assertThat(polaris.as(SERVICE).column(String.class, ALL)).hasSize(4);
    }

    @Test
    void learnersUploadReplaceRenameAndDeleteInTheirFolder() {
        Session alice = polaris.as(ALICE);
        String file = of(ALICE, "2026/take 1.webm");

        assertThat(alice.update(UPLOAD, MEDIA, file)).isOne();
        assertThat(alice.update(UPLOAD + " on conflict (bucket_id, name) do update set updated_at = now()", MEDIA, file)).isOne();
        assertThat(alice.update("update storage.objects set name = ? where name = ?", of(ALICE, "2026/take 2.webm"), file)).isOne();
        assertThat(alice.update("delete from storage.objects where name = ?", of(ALICE, "2026/take 2.webm"))).isOne();
    }

    @Test
    void learnerUploadsWithinTheMegabytesOfTheDay() {
        Session alice = polaris.as(ALICE);
        String size = "update storage.objects set metadata = jsonb_build_object('size', ?::bigint), created_at = ?::timestamptz, updated_at = ?::timestamptz where name = ?";
        Session operator = polaris.operator();
        operator.update(size, (20 << 20) - 1, "now", "now", of(ALICE, "answer.webm"));
        assertThat(alice.update(UPLOAD, MEDIA, of(ALICE, "next.webm"))).as("a byte is left").isOne();

        operator.update(size, 20 << 20, "now", "now", of(ALICE, "answer.webm"));
        assertThatThrownBy(() -> alice.update(UPLOAD, MEDIA, of(ALICE, "more.webm"))).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.update("update storage.objects set metadata = '{}' where name = ?", of(ALICE, "next.webm"))).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(BOB).update(UPLOAD, MEDIA, of(BOB, "more.webm"))).isOne();

        operator.update(size, 20 << 20, "yesterday", "yesterday", of(ALICE, "answer.webm"));
        assertThat(alice.update(UPLOAD, MEDIA, of(ALICE, "more.webm"))).as("the next day").isOne();
        operator.update(size, 20 << 20, "yesterday", "now", of(ALICE, "answer.webm"));
        assertThatThrownBy(() -> alice.update(UPLOAD, MEDIA, of(ALICE, "replaced.webm"))).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(alice.update("delete from storage.objects where name = ?", of(ALICE, "answer.webm"))).isOne();
        assertThat(alice.update(UPLOAD, MEDIA, of(ALICE, "replaced.webm"))).as("deleted files do not count").isOne();
    }

    @Test
    void smallFilesCountSixteenKibibytes() {
        Session alice = polaris.as(ALICE);
        // The file of the fixture is one of them.
        polaris.operator().update("insert into storage.objects (bucket_id, name, metadata) select ?, concat(?, i), jsonb_build_object('size', i % 3 - 1)"
                + " from generate_series(1, 20 * 64 - 2) as i", MEDIA, of(ALICE, "empty"));

        assertThat(alice.update(UPLOAD, MEDIA, of(ALICE, "last.webm"))).isOne();
        assertThatThrownBy(() -> alice.update(UPLOAD, MEDIA, of(ALICE, "more.webm"))).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    /** A and B stand for the account ids of Alice and Bob; AA is A in upper case. */
    @ParameterizedTest
    @CsvSource({"user-media, B/x.webm", "user-media, A", "user-media, x.webm", "user-media, /A/x.webm", "user-media, A/../B/x.webm",
            "user-media, ../A/x.webm", "user-media, A/./x.webm", "user-media, A/", "user-media, A//x.webm", "user-media, AA/x.webm",
            "user-media, A%2F..%2FB/x.webm", "user-media, A/%2e%2e/B/x.webm", "user-media, A/..\\B\\x.webm", "user-media, ''", "user-media, A0/x.webm",
            "public-assets, A/x.webp", "public-assets, coaches/x.webp", "exports, A/x.csv"})
    void uploadElsewhereOrByATrickIsRefused(String bucket, String name) {
        String key = named(name);

        assertThatThrownBy(() -> polaris.as(ALICE).update(UPLOAD, bucket, key)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.count("storage.objects")).as("objects left").isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"bucket_id, public-assets", "bucket_id, exports", "name, B/x.webm", "name, x.webm", "name, A/../B/x.webm", "name, AA/x.webm"})
    void ownFileCannotBeMovedOutOfTheFolder(String column, String value) {
        String target = named(value);

        assertThatThrownBy(() -> polaris.as(ALICE).update("update storage.objects set " + column + " = ?", target)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ALICE).column(String.class, ALL)).containsExactly(of(ALICE, "answer.webm"));
    }

    private static String named(String name) {
        String alice = ALICE.account().toString();
        return name.replace("AA", alice.toUpperCase(java.util.Locale.ROOT)).replace("A", name.contains("AA") ? "A" : alice).replace("B", BOB.account().toString());
    }

    @Test
    void usersCannotUpdateOrDeleteFilesOfOthers() {
        Session bob = polaris.as(BOB);
        String hers = of(ALICE, "answer.webm");

        assertThat(bob.update("update storage.objects set name = ? where name = ?", of(BOB, "hers.webm"), hers)).isZero();
        assertThat(bob.update("update storage.objects set metadata = '{}' where bucket_id in (?, 'exports')", ASSETS)).isZero();
        assertThat(bob.update("delete from storage.objects where name = ? or bucket_id in (?, 'exports')", hers, ASSETS)).isZero();
        assertThat(bob.update("delete from storage.objects")).as("deletes only Bob's file").isOne();
        assertThatThrownBy(() -> bob.update(UPLOAD + " on conflict (bucket_id, name) do update set metadata = '{}'", MEDIA, hers))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void policiesOfOtherBucketsAreUnaffected() {
        polaris.owner().script("create policy exports_select on storage.objects for select to authenticated using (bucket_id = 'exports')");

        assertThat(polaris.as(BOB).column(String.class, ALL)).containsExactly(of(ALICE, "export.csv"), of(BOB, "answer.webm"));
    }

    @Test
    void learnersCannotChangeBuckets() {
        Session alice = polaris.as(ALICE);

        assertThat(alice.update("update storage.buckets set public = true")).isZero();
        assertThatThrownBy(() -> alice.update("insert into storage.buckets (id, name) values ('mine', 'mine')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void storageFolderAcceptsOnlyPlainKeys() {
        Session alice = polaris.as(ALICE);

        assertThat(alice.value(String.class, "select public.storage_folder('a/b/c.webm')")).isEqualTo("a");
        assertThat(alice.value(String.class, "select public.storage_folder('a/..b.webm')")).isEqualTo("a");
        for (String key : new String[] {"a", "a/", "/a/b", "a//b", "a/../b", "../a", "a/.", "a/b\nc", "a\\b/c", "a%2f/b", ""}) {
            assertThat(alice.rows("select public.storage_folder(?) is null as refused", key).get(0)).as(key).containsValue(true);
        }
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.storage_folder('a/b')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"select name from storage.objects where bucket_id = 'user-media' order by name limit 100", "select count(*) from storage.objects",
            "delete from storage.objects where bucket_id = 'user-media' and name = 'x'"})
    void foldersOfOthersAreNotReadOnTheWay(String read) {
        polaris.operator().script("""
                insert into storage.objects (bucket_id, name)
                select case when n % 10 = 0 then 'public-assets' else 'user-media' end, gen_random_uuid() || '/' || n || '.webm'
                from generate_series(1, 50000) as n;
                analyze storage.objects;
                """);

        assertThat(polaris.as(ALICE).plan(read)).contains("Index").doesNotContain("Seq Scan");
    }
}
