package io.hermes.orchestrator.plan;

/**
 * Notices a listing that comes back to where it was, which would never end. In constant memory, however long the listing (R. P. Brent,
 * "An improved Monte Carlo factorization algorithm", 1980): one token is kept and compared with all that follow, and replaced each time
 * twice as many have passed. A circle is noticed within three times its length and what came before it.
 */
final class Circle {

    private String kept = "";
    private long passed;
    private long limit = 1;

    /** Whether the listing was at this token before. To be told every token in order; not all of them are remembered. */
    boolean closesAt(String token) {
        if (token.equals(kept)) {
            return true;
        }
        if (++passed == limit) {
            kept = token;
            passed = 0;
            limit *= 2;
        }
        return false;
    }
}
