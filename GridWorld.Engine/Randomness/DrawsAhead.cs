using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GridWorld;

/// <summary>
/// The numbers of one stream, computed in blocks before they are needed: those of <see cref="Rng.Next"/>, in the same order. A consumer
/// needs one register for them instead of the generator's four, and four generators, which stand a quarter of a block apart in the stream,
/// advance together in the lanes of a vector. Each thread has one block, so that a loop has none while it does not run.
/// </summary>
internal sealed unsafe class DrawsAhead
{
    const int Lanes = 4, PerLane = 1024, Block = Lanes * PerLane;

    /// <summary>The least number of unread numbers after <see cref="Prepare"/>.</summary>
    public const int Least = 64;

    // x^(3 × PerLane) modulo the generator's characteristic polynomial: the sum of the states after as many draws as each bit's position is
    // the state 3 × PerLane draws ahead. This is how the generator's authors jump by 2^128 (Blackman and Vigna, 2018).
    static readonly ulong[] jump = [0x195f824bdd4cd00a, 0xb162081eba5f7a35, 0x9fead7e44eafdb96, 0x3611b9c8607b74a9];

    [ThreadStatic]
    static DrawsAhead? free;

    readonly ulong[] numbers = GC.AllocateUninitializedArray<ulong>(Least + Block, pinned: true);
    readonly ulong* first;
    Vector256<ulong> s0, s1, s2, s3;

    // The states at the start of this block and of the one before.
    Rng start, startBefore;

    DrawsAhead() => first = (ulong*)Unsafe.AsPointer(ref numbers[Least]);

    /// <summary>The unread numbers.</summary>
    public Draws Next;

    /// <summary>The end of the numbers.</summary>
    public ulong* End => first + Block;

    /// <summary>The place of the first unread number.</summary>
    public StreamPlace Place
    {
        get
        {
            int read = (int)(Next.Place - first);
            return read < 0 ? new(startBefore, Block + read) : new(start, read);
        }
    }

    /// <summary>
    /// Lends the numbers from a place on, until <see cref="Return"/>. A thread that was interrupted there finds its block as it left it.
    /// </summary>
    public static DrawsAhead Borrow(in StreamPlace place)
    {
        // While the block is lent, a loop that a user's learner runs on the same thread gets one of its own.
        var lent = free ?? new();
        free = null;
        if (lent.start == place.Start && place.Draws <= Block)
            lent.Next = new(lent.first + place.Draws);
        else
            lent.Restart(place.State);
        return lent;
    }

    /// <summary>Takes the numbers back and returns the place of the first unread one.</summary>
    public StreamPlace Return()
    {
        free = this;
        return Place;
    }

    /// <summary>If fewer than <see cref="Least"/> numbers are unread, moves them in front of a new block.</summary>
    public void Prepare()
    {
        int left = (int)(End - Next.Place);
        if (left >= Least)
            return;
        new Span<ulong>(Next.Place, left).CopyTo(new(first - left, left));
        Next = new(first - left);
        Jump();
        Fill();
    }

    void Restart(Rng state)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            var (w0, w1, w2, w3) = state.State;
            (s0, s1, s2, s3) = (s0.WithElement(lane, w0), s1.WithElement(lane, w1), s2.WithElement(lane, w2), s3.WithElement(lane, w3));
            for (int i = 0; i < PerLane; i++)
                state.Next();
        }

        Fill();
        Next = new(first);
    }

    // The lanes end where their neighbors started.
    void Fill()
    {
        (startBefore, start) = (start, new(s0.ToScalar(), s1.ToScalar(), s2.ToScalar(), s3.ToScalar()));
        var (a0, a1, a2, a3) = (s0, s1, s2, s3);
        for (ulong* to = first; to < first + PerLane; to += Lanes)
        {
            var (r0, r1, r2, r3) = Transposed(Draw(ref a0, ref a1, ref a2, ref a3), Draw(ref a0, ref a1, ref a2, ref a3),
                Draw(ref a0, ref a1, ref a2, ref a3), Draw(ref a0, ref a1, ref a2, ref a3));
            r0.Store(to);
            r1.Store(to + PerLane);
            r2.Store(to + 2 * PerLane);
            r3.Store(to + 3 * PerLane);
        }

        (s0, s1, s2, s3) = (a0, a1, a2, a3);
    }

    void Jump()
    {
        var (a0, a1, a2, a3) = (s0, s1, s2, s3);
        Vector256<ulong> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        foreach (ulong word in jump)
        {
            for (int bit = 0; bit < 64; bit++)
            {
                var mask = Vector256.Create(0 - (word >> bit & 1));
                (sum0, sum1, sum2, sum3) = (sum0 ^ a0 & mask, sum1 ^ a1 & mask, sum2 ^ a2 & mask, sum3 ^ a3 & mask);
                Draw(ref a0, ref a1, ref a2, ref a3);
            }
        }

        (s0, s1, s2, s3) = (sum0, sum1, sum2, sum3);
    }

    // Rng.Next in four lanes; the factors 5 and 9 are sums of shifts, because processors multiply vectors of 64 bits slowly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ulong> Draw(ref Vector256<ulong> s0, ref Vector256<ulong> s1, ref Vector256<ulong> s2, ref Vector256<ulong> s3)
    {
        var fivefold = s1 + (s1 << 2);
        var rotated = fivefold << 7 | fivefold >>> 57;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = s3 << 45 | s3 >>> 19;
        return rotated + (rotated << 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector256<ulong>, Vector256<ulong>, Vector256<ulong>, Vector256<ulong>) Transposed(
        Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c, Vector256<ulong> d)
    {
        if (!Avx2.IsSupported)
            return (Column(0), Column(1), Column(2), Column(3));
        var (ab02, ab13) = (Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b));
        var (cd02, cd13) = (Avx2.UnpackLow(c, d), Avx2.UnpackHigh(c, d));
        return (Avx2.Permute2x128(ab02, cd02, 0x20), Avx2.Permute2x128(ab13, cd13, 0x20),
            Avx2.Permute2x128(ab02, cd02, 0x31), Avx2.Permute2x128(ab13, cd13, 0x31));

        Vector256<ulong> Column(int lane) => Vector256.Create(a[lane], b[lane], c[lane], d[lane]);
    }
}
