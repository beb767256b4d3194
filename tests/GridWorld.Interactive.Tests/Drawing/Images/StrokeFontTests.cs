namespace GridWorld.Tests;

public class StrokeFontTests
{
    [Theory]
    [InlineData("0123456789")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    [InlineData("abcdefghijklmnopqrstuvwxyz")]
    [InlineData(".,:;-−–—+=×·…()[]/\\|%<>*#'\"!?_@&→εαγλ")]
    public void Every_character_has_strokes_of_its_own(string characters)
    {
        var unknown = Strokes('\u4e00');

        var all = characters.Select(Strokes).ToList();

        Assert.Equal(characters.Length, all.Distinct().Count());
        Assert.DoesNotContain(unknown, all);
    }

    [Fact]
    public void Digits_are_equally_wide_so_that_numbers_stand_under_each_other() =>
        Assert.Single("0123456789".Select(digit => StrokeFont.Width(digit.ToString(), 10)).Distinct());

    [Fact]
    public void Strokes_lie_within_the_width_that_is_given_for_them()
    {
        const string text = "Return −1,200";

        var points = StrokeFont.Write(0, 0, text, 100, Color.Ink, bold: false).Lines.SelectMany(line => line).ToList();

        Assert.InRange(points.Min(p => p.X), -1, 2);
        Assert.InRange(points.Max(p => p.X), StrokeFont.Width(text, 100) - 2, StrokeFont.Width(text, 100) + 1);
    }

    static string Strokes(char c) =>
        string.Join(';', StrokeFont.Write(0, 0, c.ToString(), 10, Color.Ink, bold: false).Lines.Select(line => string.Join(' ', line)));
}
