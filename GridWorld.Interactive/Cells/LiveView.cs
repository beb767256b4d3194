namespace GridWorld;

/// <summary>The live view of a run. As the value of a cell, it shows the live view; printed, it is the address.</summary>
[TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
public sealed class LiveView : ICellOutput
{
    readonly LiveLink link;

    internal LiveView(RunView run, LiveLink link) => (Run, this.link) = (run, link);

    /// <summary>The run.</summary>
    public RunView Run { get; }

    /// <summary>
    /// The address on this machine. The part after # is a secret of this process: anyone who has it can read the run, and can steer it
    /// unless it was shown read-only.
    /// </summary>
    public string Url => link.Url;

    /// <summary>The address for browsers on other machines; null if none is known.</summary>
    public string? PublicUrl => link.PublicUrl;

    /// <summary>The address for the user's browser: <see cref="PublicUrl"/> if there is one, else <see cref="Url"/>.</summary>
    public override string ToString() => link.Best;

    CellOutput ICellOutput.Output() => RunOutput.Of(Run, link);
}
