namespace GridWorld;

/// <summary>
/// The magnitude of each state's value: Σ γᵗ·|r| of a greedy policy. If gains and costs cancel, a value near 0 is the difference of large
/// sums, and its rounding error is small relative to those sums, not to the value.
/// </summary>
internal static class Magnitudes
{
    const int MostPasses = 100;

    /// <summary>
    /// One magnitude per state, 0 if the value is not finite. If rewards have both signs, passes approximate the magnitude from below.
    /// </summary>
    public static double[] Of(ExpectedModel model, double[] values)
    {
        var sizes = Array.ConvertAll(values, v => double.IsFinite(v) ? Math.Abs(v) : 0);
        if (model.IsMixed)
        {
            var codes = GreedyCodes(model, values);
            for (int pass = 0; pass < MostPasses && Pass(model, codes, sizes, isBackward: pass % 2 == 1); pass++)
                continue;
        }

        return sizes;
    }

    // Returns whether a magnitude grew by more than a tenth, which is accurate enough.
    static bool Pass(ExpectedModel model, int[] codes, double[] sizes, bool isBackward)
    {
        bool any = false;
        double restart = model.StartValue(sizes);
        for (int i = 0; i < codes.Length; i++)
        {
            int s = isBackward ? codes.Length - 1 - i : i;
            if (codes[s] < 0)
                continue;
            double size = model.Size[codes[s]] + model.ActionValue(s, codes[s], sizes, restart) - model.Reward[codes[s]];
            any |= size > 1.1 * sizes[s];
            sizes[s] = Math.Max(sizes[s], size);
        }

        return any;
    }

    static int[] GreedyCodes(ExpectedModel model, double[] values)
    {
        var codes = new int[values.Length];
        double restart = model.StartValue(values);
        for (int s = 0; s < codes.Length; s++)
        {
            codes[s] = -1;
            double best = double.NegativeInfinity;
            for (int a = 0; a < model.Actions && !model.Terminal[s] && double.IsFinite(values[s]); a++)
            {
                int code = model.Code(s * model.Actions + a);
                double q = model.ActionValue(s, code, values, restart);
                if (q > best)
                    (codes[s], best) = (code, q);
            }
        }

        return codes;
    }
}
