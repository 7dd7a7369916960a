package changelogs.testing.report;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test classes that only {@link ClassReportTest} runs; Surefire ignores nested classes. */
final class Samples {

    private Samples() {
    }

    static class Mixed {

        @Test
        void passes() {
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void passesTwice(int value) {
        }

        @Test
        void isAborted() {
            Assumptions.abort("not here");
        }

        @Disabled
        @Test
        void isDisabled() {
        }

        @Nested
        class Inner {

            @Test
            void passes() {
            }
        }
    }

    static class Failing {

        @Test
        void fails() {
            throw new IllegalStateException("no such table", new NumberFormatException("not a number"));
        }
    }

    static class FailingInLibrary {

        @Test
        void fails() {
            Integer.parseInt("one");
        }
    }

    static class FailingBefore {

        @BeforeAll
        static void fails() {
            throw new IllegalStateException("no server");
        }

        @Test
        void neverRuns() {
        }
    }

    static class AbortedBefore {

        @BeforeAll
        static void isAborted() {
            Assumptions.abort("no container");
        }

        @Test
        void neverRuns() {
        }

        @Test
        void neverRunsEither() {
        }
    }

    @Disabled
    static class DisabledClass {

        @Test
        void neverRuns() {
        }
    }

    /** Runs half a second longer than {@link Inside}, which ends while this class runs. */
    static class Around {

        private static final CountDownLatch BEGUN = new CountDownLatch(1);

        @Test
        void outlastsTheOther() throws InterruptedException {
            BEGUN.countDown();
            Inside.ENDED.await(10, TimeUnit.SECONDS);
            Thread.sleep(500);
        }
    }

    static class Inside {

        private static final CountDownLatch ENDED = new CountDownLatch(1);

        @Test
        void waitsForTheOther() throws InterruptedException {
            Around.BEGUN.await(10, TimeUnit.SECONDS);
        }

        @AfterAll
        static void end() {
            ENDED.countDown();
        }
    }

    static class Passing {

        @Test
        void passes() {
        }
    }

    /** More classes than the table of slowest classes has lines. */
    static final class Eleven {

        static class A extends Passing { }
        static class B extends Passing { }
        static class C extends Passing { }
        static class D extends Passing { }
        static class E extends Passing { }
        static class F extends Passing { }
        static class G extends Passing { }
        static class H extends Passing { }
        static class I extends Passing { }
        static class J extends Passing { }

        static class Slow {

            @Test
            void passes() throws InterruptedException {
                Thread.sleep(500);
            }
        }
    }
}
