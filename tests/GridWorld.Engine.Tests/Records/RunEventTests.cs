namespace GridWorld.Tests;

public class RunEventTests
{
    [Theory]
    [InlineData("run_started", RunEventKind.RunStarted)]
    [InlineData("forked", RunEventKind.Forked)]
    [InlineData("param_change", RunEventKind.ParamChange)]
    [InlineData("checkpoint", RunEventKind.Checkpoint)]
    [InlineData("paused", RunEventKind.Paused)]
    [InlineData("resumed", RunEventKind.Resumed)]
    [InlineData("stopped", RunEventKind.Stopped)]
    [InlineData("continued", RunEventKind.Continued)]
    [InlineData("completed", RunEventKind.Completed)]
    [InlineData("training_error", RunEventKind.TrainingError)]
    [InlineData("store_error", RunEventKind.StoreError)]
    [InlineData("store_recovered", RunEventKind.StoreRecovered)]
    [InlineData("dropped", RunEventKind.Dropped)]
    [InlineData("run_interrupted", RunEventKind.RunInterrupted)]
    [InlineData("run_resumed", RunEventKind.RunResumed)]
    [InlineData("a_word_of_a_later_version", RunEventKind.Unknown)]
    [InlineData("unknown", RunEventKind.Unknown)]
    public void Word_is_read_as_its_kind_and_written_as_it_was(string word, RunEventKind kind)
    {
        var read = RunEvent.Read(1, "run", 0, word, default, null, null, null, null);

        Assert.Equal((kind, word), (read.Kind, read.Word));
        Assert.Equal(word, (read with { Seq = 2 }).Word);
    }
}
