namespace GridWorld.Tests;

public class PrintableTests
{
    [Theory]
    [InlineData("\e[31mred", "\\e[31mred")]
    [InlineData("two\r\nlines\t.", "two\\r\\nlines\\t.")]
    [InlineData("\u009B2J\0\u007F", "\\u009B2J\\u0000\\u007F")]
    [InlineData("\u202Eabc\u2066\u2028", "\\u202Eabc\\u2066\\u2028")]
    [InlineData("na\u00EFve \u65E5\u672C \u0939\u093F\u0928\u094D\u0926\u0940 \U0001F600 C:\\x 'a'",
        "na\u00EFve \u65E5\u672C \u0939\u093F\u0928\u094D\u0926\u0940 \U0001F600 C:\\x 'a'")]
    public void Control_and_invisible_characters_are_escaped_and_nothing_else(string text, string shown)
    {
        Assert.Equal(shown, Printable.Line(text));
        Assert.Equal(shown, Printable.Text(text));
    }

    [Fact]
    public void Long_text_in_a_message_is_cut() => Assert.Equal(new string('a', 60) + "…", Printable.Text(new string('a', 61)));

    [Fact]
    public async Task A_run_in_words_stays_on_its_line()
    {
        var run = Run.Start(new(World.Parse("SG"), new QLearning(), Episodes: 1), RunOptions.InMemory with { Name = "\e[31mred\n" });
        await run;

        Assert.StartsWith("\\e[31mred\\n: q-learning in ", run.ToString(), StringComparison.Ordinal);
    }
}
