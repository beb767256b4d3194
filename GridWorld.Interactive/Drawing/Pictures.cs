using System.Text;

namespace GridWorld;

/// <summary>A run as a picture in a file: learning curve, values and policy.</summary>
public static class Pictures
{
    /// <summary>Writes the picture of a run as PNG, drawn sharply.</summary>
    /// <param name="run">The run, trained or still training.</param>
    /// <param name="path">The file; it is replaced.</param>
    public static void SavePng(this Run run, string path) => SavePng(Given.NotNull(run).View, path);

    /// <inheritdoc cref="SavePng(Run, string)"/>
    public static void SavePng(this RunView run, string path) => WholeFile.Write(path, PngImage.Write(RunPicture.DrawNamed(Given.NotNull(run)), 2));

    /// <summary>Writes the picture of a run as SVG, which stays sharp at every size.</summary>
    /// <param name="run">The run, trained or still training.</param>
    /// <param name="path">The file; it is replaced.</param>
    public static void SaveSvg(this Run run, string path) => SaveSvg(Given.NotNull(run).View, path);

    /// <inheritdoc cref="SaveSvg(Run, string)"/>
    public static void SaveSvg(this RunView run, string path) => WholeFile.Write(path, Encoding.UTF8.GetBytes(SvgImage.Write(RunPicture.DrawNamed(Given.NotNull(run)))));
}
