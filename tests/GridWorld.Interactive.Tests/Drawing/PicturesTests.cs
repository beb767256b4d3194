using System.Xml.Linq;
using BigGustave;

namespace GridWorld.Tests;

public class PicturesTests
{
    static readonly string Maps = Path.Combine(Repository.Root, "data", "movingai");

    public static TheoryData<string> AllKinds =>
        ["frozen-lake-8x8", "cliff-walking", "windy-kings", "sb-3.5", "dyna-maze", "empty-100x100", "empty-1000x3", "Berlin_0_256.map",
        "maze512-32-9.map"];

    [Theory, MemberData(nameof(AllKinds))]
    public void Picture_of_every_kind_of_world_stays_within_its_budget(string world)
    {
        var run = Trained.In(Find(world), episodes: 20);

        byte[] png = PngImage.Write(RunPicture.Draw(run));

        Assert.InRange(png.Length, 1_000, PngImage.Budget);
    }

    [Fact]
    public void Goal_is_green_cliff_red_and_the_start_ringed()
    {
        var drawing = RunPicture.Draw(Trained.In(Worlds.CliffWalking()));
        var map = drawing.Shapes.OfType<Cells>().First();
        var png = Png.Open(PngImage.Write(drawing, 2));

        Assert.Equal(Color.Good, At(11.15, 3.15));
        Assert.Equal(Color.Bad, At(5.15, 3.15));
        Assert.Equal(Color.Accent, At(0.08, 3.5));

        Color At(double x, double y)
        {
            var pixel = png.GetPixel((int)(2 * (map.X + x * map.Width / 12)), (int)(2 * (map.Y + y * map.Height / 4)));
            return new(pixel.R, pixel.G, pixel.B);
        }
    }

    [Fact]
    public void Run_without_an_episode_has_a_picture_that_says_so()
    {
        var run = Worlds.CliffWalking().Train(options: RunOptions.InMemory with { StartPaused = true });

        var texts = RunPicture.Draw(run).Shapes.OfType<Label>().Select(label => label.Text).ToList();
        run.Stop();

        Assert.Contains("No episode has ended yet.", texts);
        Assert.Contains("no state visited yet", texts);
    }

    [Fact]
    public async Task Change_of_a_hyperparameter_is_marked_with_its_values()
    {
        var run = Worlds.CliffWalking()
            .Train(new QLearning { Epsilon = 0.2 }, episodes: 50, options: RunOptions.InMemory with { StartPaused = true });
        run.Set(epsilon: 0.05);
        run.Resume();
        await run.Completion;

        var texts = RunPicture.Draw(run).Shapes.OfType<Label>().Select(label => label.Text).ToList();

        Assert.Contains("ε 0.2 → 0.05", texts);
        Assert.Contains("change", texts);
    }

    [Fact]
    public void Svg_is_well_formed_whatever_the_run_is_called()
    {
        var run = Trained.In(Worlds.CliffWalking(), name: "<a> & \"b\"");

        var svg = XDocument.Parse(SvgImage.Write(RunPicture.Draw(run)));

        Assert.Equal("svg", svg.Root!.Name.LocalName);
        Assert.Contains("<a> & \"b\"", svg.Root.Elements().First().Value);
    }

    [Fact]
    public void Greedy_path_of_a_trained_agent_leads_from_start_to_goal()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 2000);

        var path = ValueMap.Of(run).GreedyPath();

        Assert.Equal([36, 24, 25], path.Take(3));
        Assert.Equal(47, path[^1]);
        Assert.Equal(14, path.Count);
    }

    [Fact]
    public void Few_colors_stand_for_many_and_large_areas_keep_theirs()
    {
        var pixels = Enumerable.Range(0, 4000).Select(i => new Color((byte)(i % 251), (byte)(i % 83), (byte)(i % 17)))
            .Concat(Enumerable.Repeat(Color.Good, 500)).ToArray();

        var reduced = Quantizer.Reduce(pixels, 64);

        Assert.InRange(reduced.Distinct().Count(), 32, 64);
        Assert.Equal(Color.Good, reduced[^1]);
        Assert.All(Enumerable.Range(0, 4000), i => Assert.InRange(Math.Abs(pixels[i].R - reduced[i].R), 0, 90));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(257)]
    public void Every_pixel_keeps_its_color_however_many_there_are(int colors)
    {
        Color[] pixels = [.. Enumerable.Range(0, 600)
            .Select(i => new Color((byte)(i % colors), (byte)(i % colors / 2), (byte)(i % colors % 256 / 3 + (i % colors > 255 ? 1 : 0))))];

        var png = Png.Open(PngImage.Write(30, 20, pixels));

        Assert.Equal((30, 20), (png.Width, png.Height));
        Assert.All(Enumerable.Range(0, 600),
            i => Assert.Equal((pixels[i].R, pixels[i].G, pixels[i].B),
            (png.GetPixel(i % 30, i / 30).R, png.GetPixel(i % 30, i / 30).G, png.GetPixel(i % 30, i / 30).B)));
    }

    static World Find(string name) =>
        name.EndsWith(".map", StringComparison.Ordinal) ? World.Load(Path.Combine(Maps, name), scenario: 5) : Worlds.Get(name);
}
