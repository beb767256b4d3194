namespace GridWorld;

/// <summary>The output of the cell that loads the package.</summary>
[TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
internal sealed class Greeting : ICellOutput
{
    const string Title = "GridWorld is ready. Three lines to try:";

    public const string Lines = """
        var run = Worlds.CliffWalking().Train(new QLearning { LearningRate = 0.5 }, episodes: 10_000);
        run
        run.QTable()
        """;

    public CellOutput Output() => new(
        Html.Block($"<b>{Html.Encode(Title)}</b> <span style=\"opacity:.7\">version {Telemetry.Version}</span><pre style=\"margin:4px"
        + $" 0;background:none\">{Html.Encode(Lines)}</pre>"),
        $"{Title}\n{Lines}");
}
