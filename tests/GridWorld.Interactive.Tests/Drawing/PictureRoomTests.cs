using System.Text.RegularExpressions;

namespace GridWorld.Tests;

/// <summary>Pictures of runs whose numbers have many digits: every text has its place.</summary>
public class PictureRoomTests
{
    public static TheoryData<string> Runs => ["step -1e9", "step 1e-9", "diverged", "cliff", "narrow"];

    [Theory, MemberData(nameof(Runs))]
    public void Texts_lie_within_the_picture_and_next_to_each_other(string name)
    {
        var drawing = RunPicture.DrawNamed(Run(name));

        var boxes = drawing.Shapes.OfType<Label>().Where(l => l.Size > 9).Select(Box).ToList();

        Assert.All(boxes,
            b => Assert.True(b.X >= 0 && b.X + b.Width <= drawing.Width && b.Y >= 0 && b.Y + b.Height <= drawing.Height,
            $"{b} is not within {drawing.Width} × {drawing.Height}."));
        foreach (var (a, i) in boxes.Select((b, i) => (b, i)))
            Assert.All(boxes.Skip(i + 1),
                b => Assert.False(a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height,
                $"{a} and {b} overlap."));
    }

    [Fact]
    public void Picture_that_stands_alone_names_its_run()
    {
        var run = Trained.In(Worlds.CliffWalking(), name: "my run");

        var alone = RunPicture.DrawNamed(run).Shapes.OfType<Label>().Select(l => l.Text).ToList();

        Assert.Contains("my run: q-learning in cliff-walking (12×4), seed 1", alone);
        Assert.DoesNotContain(alone[0], RunPicture.Draw(run).Shapes.OfType<Label>().Select(l => l.Text));
    }

    [Fact]
    public void Walls_and_floors_that_were_not_visited_are_told_apart() => // WCAG 2.2, success criterion 1.4.11: 3 to 1
        Assert.InRange((Light(Color.Unvisited) + 0.05) / (Light(Color.Wall) + 0.05), 3, 21);

    [Theory]
    [InlineData(0)] // light
    [InlineData(1)] // dark
    public void Walls_and_floors_of_the_page_are_told_apart(int scheme)
    {
        string css = File.ReadAllText(Path.Combine(Repository.Root, "GridWorld.Interactive", "widget", "src", "page", "style.css"));
        double[] light = [.. new[] { "wall",
            "void" }.Select(name => Light(Parse(Regex.Matches(css, $"--{name}: #([0-9a-f]+);")[scheme].Groups[1].Value)) + 0.05).Order()];

        Assert.InRange(light[1] / light[0], 3, 21);

        static Color Parse(string hex) =>
            Convert.FromHexString(hex.Length == 3 ? string.Concat(hex.Select(c => $"{c}{c}")) : hex) is [var r, var g, var b]
            ? new(r, g, b) : throw new FormatException(hex);
    }

    static Area Box(Label l)
    {
        double width = StrokeFont.Width(l.Text, l.Size),
            left = l.X - (l.Align == Align.End ? width : l.Align == Align.Middle ? width / 2 : 0);
        return new(left, l.Y - 0.7 * l.Size, width, 0.7 * l.Size);
    }

    static Run Run(string name) => name switch
    {
        "step -1e9" => Trained.In(new World(["S....", ".##..", "....G"], new() { StepReward = -1e9 }), 200),
        "step 1e-9" => Trained.In(new World(["S....", ".##..", "....G"], new() { StepReward = -1e-9 }), 200),
        "diverged" => Trained.In(new World(["S....", ".##..", "....G"], new() { StepReward = -1e300, MaxSteps = 50 }), 200),
        "narrow" => Trained.In(new World([.. Enumerable.Repeat(".", 30), "S", "G"], new() { StepReward = -123456.75 }), 50),
        _ => Trained.In(Worlds.CliffWalking(), 500),
    };

    static double Light(Color c)
    {
        return 0.2126 * Linear(c.R) + 0.7152 * Linear(c.G) + 0.0722 * Linear(c.B);

        static double Linear(byte v) => v / 255.0 is var s && s <= 0.04045 ? s / 12.92 : Math.Pow((s + 0.055) / 1.055, 2.4);
    }
}
