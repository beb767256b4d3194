using System.Text.Json;

namespace GridWorld.Tests;

public class CurveChartsTests
{
    [Fact]
    public void Curves_are_the_given_numbers_with_their_bands_and_without_what_is_not_a_number()
    {
        ChartCurve[] curves = [new("<one>", [1, 2, 3], [10, 20, 30], [1, 2, double.NaN]),
            new("two", [1, 2, 3, 4], [5, double.NaN, double.PositiveInfinity, 8])];

        var chart = curves.Chart("Steps <per> episode", "episode", "steps", "± one standard error");

        var data = Data(chart);
        Assert.Equal(["&lt;one&gt;", "two"], new[] { data[2], data[3] }.Select(t => t.GetProperty("name").GetString()));
        Assert.Equal([[11, 22, 30], [9, 18, 30], [10, 20, 30], [5, 8]], data.Select(trace => Numbers(trace, "y")));
        Assert.Equal([1, 4], Numbers(data[3], "x"));
        Assert.Equal("Steps <per> episode: steps over episode. <one> ends at 30; two ends at 8.", chart.ToString());
        string[] texts = [.. chart.Drawing.Shapes.OfType<Label>().Select(l => l.Text)];
        Assert.All(["Steps <per> episode", "episode", "steps", "<one>", "two", "± one standard error"],
            text => Assert.Contains(text, texts));
    }

    [Fact]
    public void Picture_places_the_points_on_its_axes()
    {
        var drawing = new[] { new ChartCurve("a", [0, 4, 10], [0, 40, 100]) }.Chart("t", "x", "y").Drawing;

        var line = drawing.Shapes.OfType<Line>().Last(l => l.Points.Count == 3).Points;
        var labels = drawing.Shapes.OfType<Label>().ToList();
        Assert.Equal(line[1].X, labels.Single(l => l.Text == "4").X, 9);
        Assert.Equal(line[1].Y, labels.Single(l => l.Text == "40").Y - 4, 9);
        Assert.Equal(line[2].Y, labels.Last(l => l.Text == "100").Y - 4, 9);
    }

    [Fact]
    public void Every_curve_of_many_has_a_look_and_a_place_in_the_legend()
    {
        var curves = Enumerable.Range(1, 14).Select(i => new ChartCurve($"the curve number {i}", [0, 1], [i, 2 * i])).ToArray();

        var drawing = curves.Chart("t", "x", "y").Drawing;

        var keys = drawing.Shapes.OfType<Line>().Where(l => l.Points.Count == 2 && l.Width is 1.8 or 2).Select(l => (l.Color, l.Dashed));
        Assert.Equal(14, keys.Distinct().Count());
        var names = drawing.Shapes.OfType<Label>().Where(l => curves.Any(c => c.Name == l.Text)).ToList();
        Assert.Equal(14, names.Count);
        Assert.All(names, l => Assert.InRange(l.X + StrokeFont.Width(l.Text, l.Size), 0, drawing.Width - 8));
        Assert.All(names, l => Assert.InRange(l.Y, 0, drawing.Height - 8));
    }

    [Fact]
    public void Curves_without_a_point_or_with_one_are_drawn()
    {
        Assert.Contains("There is no point to draw.",
            new[] { new ChartCurve("a", [1], [double.NaN]) }.Chart("t", "x", "y").Drawing.Shapes.OfType<Label>().Select(l => l.Text));
        Assert.Contains("a ends at 7", new[] { new ChartCurve("a", [1], [7]) }.Chart("t", "x", "y").ToString());
    }

    [Fact]
    public void Errors_are_told_all_at_once()
    {
        Assert.Equal("Pass at least one curve.",
            Assert.Throws<InputException>(() => Array.Empty<ChartCurve>().Chart("t", "x", "y")).Message);
        var errors = Assert.Throws<InputException>(() => new[] { new ChartCurve("a", [1, 2], [1]),
            new ChartCurve("b", [1], [1], [1, 2]) }.Chart("t", "x", "y")).Message;
        Assert.Contains("'a' has 2 positions, 1 values).", errors);
        Assert.Contains("'b' has 1 positions, 1 values and 2 margins).", errors);
    }

    [Fact]
    public void Map_of_a_world_has_the_given_values()
    {
        var world = Worlds.SuttonBarto41();
        double[] values = [.. Enumerable.Range(0, 16).Select(s => s == 5 ? double.NaN : -s)];

        var chart = world.ValueMap(values, "Values");

        var heat = Data(chart)[0].GetProperty("z");
        Assert.Equal([-8, -9, -10, -11], heat[2].EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(JsonValueKind.Null, heat[1][1].ValueKind);
        Assert.Contains("value of the state", chart.Drawing.Shapes.OfType<Label>().Select(l => l.Text));
        Assert.Contains("needs 16 values (got 15)", Assert.Throws<InputException>(() => world.ValueMap(values[..15])).Message);
    }

    [Fact]
    public void Map_of_a_plan_has_an_arrow_for_every_optimal_action()
    {
        var world = Worlds.SuttonBarto41();
        var plan = Planner.Solve(world.Compile(), cancellationToken: TestContext.Current.CancellationToken);

        var data = Data(world.PolicyMap(plan));

        var arrows = data[1].GetProperty("x").EnumerateArray()
            .Zip(data[1].GetProperty("y").EnumerateArray(), data[1].GetProperty("text").EnumerateArray())
            .ToDictionary(p => (p.First.GetInt32(), p.Second.GetInt32()), p => string.Concat(p.Third.GetString()!.Order()));
        Assert.Equal(("←", "↑", "←↑", "→↓"), (arrows[(1, 0)], arrows[(0, 1)], arrows[(1, 1)], arrows[(2, 2)]));
        Assert.Equal(-2, data[0].GetProperty("z")[1][1].GetDouble());
        Assert.Throws<InputException>(() => Worlds.CliffWalking().PolicyMap(plan));
    }

    static JsonElement[] Data(RunChart chart) => [.. JsonDocument.Parse(chart.ToJson()).RootElement.GetProperty("data").EnumerateArray()];

    static double[] Numbers(JsonElement trace, string axis) => [.. trace.GetProperty(axis).EnumerateArray().Select(v => v.GetDouble())];
}
