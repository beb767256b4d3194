namespace GridWorld.Tests;

public class NotebookCommandsTests
{
    [Fact]
    public void Command_without_a_word_is_asked_what_there_is_and_another_word_is_refused()
    {
        var help = Assert.IsType<ICellOutput>(NotebookCommands.Of(""), exactMatch: false);

        Assert.Contains("#!gridworld watch NAME: shows", help.Output().Text);
        Assert.Equal("'dance' is not a #!gridworld command. Use runs, watch NAME or help.",
            Assert.Throws<InputException>(() => NotebookCommands.Of("dance")).Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Watching_needs_a_name(string? name) =>
    Assert.StartsWith("Name a run:", Assert.Throws<InputException>(() => NotebookCommands.Watch(name)).Message);
}
