namespace GridWorld;

/// <summary>The effect of a visit on the trace of a (state, action).</summary>
public enum Traces
{
    /// <summary>A visit adds 1. Sutton and Barto, 2nd ed., eq. 12.5.</summary>
    Accumulating,

    /// <summary>A visit sets the trace to 1. Singh and Sutton, 1996; Sutton and Barto, 2nd ed., section 12.5.</summary>
    Replacing,
}

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
    public void Update(QTable table, double step, double decay)
    {
        for (int i = 0; i < count; i++)
        {
            table.At(active[i]) += step * values[i];
            values[i] *= decay;
            if (values[i] >= Negligible)
                continue;
            places[active[i]] = 0;
            count--;
            if (i == count)
                break;
            // The last trace takes the place of the dropped one. It is not updated yet, so this place is processed again.
            (active[i], values[i]) = (active[count], values[count]);
            places[active[i]] = i + 1;
            i--;
        }
    }

    public void Clear()
    {
        for (int i = 0; i < count; i++)
            places[active[i]] = 0;
        count = 0;
    }
}
