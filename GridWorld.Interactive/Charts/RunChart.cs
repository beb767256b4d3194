using System.Diagnostics.CodeAnalysis;
using System.Text;
using Newtonsoft.Json;
using XPlot.Plotly;

namespace GridWorld;

/// <summary>
/// A chart: as the value of a cell a picture, with the interactive chart in its place where the page reaches this kernel's server. It is an XPlot chart like any other, with
/// <c>GetInlineHtml()</c> and the rest; and a picture that is drawn without a browser.
/// </summary>
[TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
public sealed class RunChart : PlotlyChart, ICellOutput
{
    internal const string Needs = "Charts of XPlot build on reflection. A program that is published ahead of time takes SavePng, SaveSvg and SaveReport of the run instead.";

    readonly Drawing drawing;
    readonly string caption;
    readonly RunView view;
    readonly Trace[] traces;
    readonly Layout.Layout layout;

    internal RunChart(RunView view, Drawing drawing, string title, Layout.Layout layout, params Trace[] traces)
    {
        (this.view, this.drawing, this.layout, this.traces) = (view, drawing, layout, traces);
        caption = title;
        layout.title = Html.Encode(title); // Plotly's texts are markup
        layout.width = drawing.Width;
        layout.height = drawing.Height;
        Plot(traces, layout, null);
        WithSize(drawing.Width, drawing.Height);
    }

    /// <summary>Writes the picture of the chart as PNG, drawn sharply.</summary>
    /// <param name="path">The file; it is replaced.</param>
    public void SavePng(string path) => WholeFile.Write(path, PngImage.Write(drawing, 2));

    /// <summary>Writes the picture of the chart as SVG, which stays sharp at every size.</summary>
    /// <param name="path">The file; it is replaced.</param>
    public void SaveSvg(string path) => WholeFile.Write(path, Encoding.UTF8.GetBytes(SvgImage.Write(drawing)));

    /// <summary>What the chart shows, in words.</summary>
    public override string ToString() => drawing.Description;

    internal Drawing Drawing => drawing;

    /// <summary>Traces and layout as Plotly takes them.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Warned), UnconditionalSuppressMessage("AOT", "IL3050", Justification = Warned)]
    internal string ToJson() => $$"""{"data":{{JsonConvert.SerializeObject(traces)}},"layout":{{JsonConvert.SerializeObject(layout)}}}""";

    const string Warned = "The methods that give a chart away say what it needs.";

    CellOutput ICellOutput.Output()
    {
        byte[] png = PngImage.Write(drawing);
        return new(Html.Block(ChartFrame.Around(this, view, Html.Picture(png, drawing.Width, drawing.Description) + Html.Caption(caption))), drawing.Description, png);
    }
}
