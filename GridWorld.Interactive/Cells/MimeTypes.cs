namespace GridWorld;

internal static class MimeTypes
{
    public const string Html = "text/html", Text = "text/plain", Png = "image/png";
}
