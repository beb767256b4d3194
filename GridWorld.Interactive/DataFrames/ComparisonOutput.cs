namespace GridWorld;

/// <summary>The output of a comparison in a cell: the learning curves in one chart, and the table.</summary>
internal static class ComparisonOutput
{
    public static CellOutput Of(RunComparison comparison)
    {
        var (chart, table) = (CurveChart.Of(comparison.Shown).Drawing, FrameOutput.Of(comparison));
        byte[] png = PngImage.Write(chart);
        var lines = comparison.Moment.Take(4)
            .Select(run =>
                $"{Printable.Line(run.Name)}: return {Numerals.Short(run.MeanReturnLast100)} on average over the last 100 of"
                + $" {Numerals.Count(run.Episodes)} episodes");
        return new(Html.Block(Html.Picture(png, chart.Width, chart.Description)) + table.Html,
            string.Join('\n', lines.Prepend($"{comparison.Runs.Count} runs"))
            + (comparison.Runs.Count > 4 ? $"\nand {comparison.Runs.Count - 4} more" : ""), png);
    }
}
