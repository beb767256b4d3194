namespace GridWorld;

/// <summary>A run that is being served: as the value of a cell it shows the live page, printed it is the address.</summary>
[TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
public sealed class LiveView : ICellOutput
{
    readonly LiveLink link;

    internal LiveView(RunView run, LiveLink link) => (Run, this.link) = (run, link);

    /// <summary>The run.</summary>
    public RunView Run { get; }

    /// <summary>Where it can be watched on this machine. The part after # is a secret of this process: anyone who has it can read the run, and steer it unless it was shown read-only.</summary>
    public string Url => link.Url;

    /// <summary>The same for browsers on other machines, where a way from there is known; else null.</summary>
    public string? PublicUrl => link.PublicUrl;

    /// <summary>The address for the person at the browser.</summary>
    public override string ToString() => link.Best;

    CellOutput ICellOutput.Output() => RunOutput.Of(Run, link);
}
