namespace GridWorld;

/// <summary>What a visit does to the trace of a (state, action).</summary>
public enum Traces
{
    /// <summary>Adds 1. Sutton and Barto, 2nd ed., eq. 12.5.</summary>
    Accumulating,

    /// <summary>Sets it to 1. Singh and Sutton, 1996; Sutton and Barto, 2nd ed., section 12.5.</summary>
    Replacing,
}

/// <summary>The traces that are not small, so that a step costs what was visited lately and not the whole table.</summary>
internal sealed class EligibilityTraces(int pairs, Traces kind)
{
    // A trace below this is dropped: what it would have added is lost. That is no rounding: a value learned by such traces differs from the
    // book's by up to some 1e-10 of the error shared. Keeping all would make a step as expensive as the table is large.
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
            // The last takes the place of the one that goes; it has not been updated yet, so the place is looked at again.
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
