using System.Numerics;
using System.Runtime.Intrinsics;

namespace GridWorld;

/// <summary>
/// The traces that are not negligible, so that the cost of a step depends on recent visits and not on the size of the table.
/// </summary>
internal sealed class EligibilityTraces(int pairs, Traces kind)
{
    // A trace below this is dropped, and its further updates are lost. This is an approximation, not rounding: a learned value differs from
    // the book's by up to about 1e-10 of the shared error. With all traces, the cost of a step would grow with the size of the table.
    const double Negligible = 1e-10;
    readonly int[] places = new int[pairs];
    int[] active = new int[64];
    double[] values = new double[64];
    int count;

    public void Visit(int pair)
    {
        int place = places[pair] - 1;
        if (place < 0)
        {
            if (count == active.Length)
            {
                Array.Resize(ref active, count * 2);
                Array.Resize(ref values, count * 2);
            }

            place = count++;
            (active[place], values[place], places[pair]) = (pair, 0, place + 1);
        }

        values[place] = kind == Traces.Replacing ? 1 : values[place] + 1;
    }

    /// <summary>q += step · e for every pair, then e *= decay.</summary>
    public unsafe void Update(QTable table, double step, double decay)
    {
        double* q = table.First;
        fixed (int* pair = active)
        fixed (double* value = values)
        {
            // Backward, because the last trace takes the place of a dropped one and must be updated already.
            int i = count;
            while (i % Vector256<double>.Count != 0)
            {
                q[pair[--i]] += step * value[i];
                if ((value[i] *= decay) < Negligible)
                    Drop(i);
            }

            while (i > 0)
            {
                i -= Vector256<double>.Count;
                q[(uint)pair[i]] += step * value[i];
                q[(uint)pair[i + 1]] += step * value[i + 1];
                q[(uint)pair[i + 2]] += step * value[i + 2];
                q[(uint)pair[i + 3]] += step * value[i + 3];
                var left = Vector256.Load(value + i) * decay;
                left.Store(value + i);
                for (uint low = Vector256.LessThan(left, Vector256.Create(Negligible)).ExtractMostSignificantBits(); low != 0;)
                {
                    int last = BitOperations.Log2(low);
                    Drop(i + last);
                    low ^= 1u << last;
                }
            }
        }
    }

    void Drop(int place)
    {
        places[active[place]] = 0;
        if (place == --count)
            return;
        (active[place], values[place]) = (active[count], values[count]);
        places[active[place]] = place + 1;
    }

    public void Clear()
    {
        for (int i = 0; i < count; i++)
            places[active[i]] = 0;
        count = 0;
    }
}
