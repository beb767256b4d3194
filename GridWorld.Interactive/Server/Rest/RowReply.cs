using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Rows as a reply, written piece by piece while they are made.</summary>
internal static class RowReply
{
    const int Piece = 32 * 1024;

    /// <summary>An array of objects; a file to keep where it has a name.</summary>
    public static async Task JsonAsync(HttpContext http, RowTable table, string? name = null)
    {
        http.Response.ContentType = "application/json";
        if (name is not null)
            http.Response.Headers.ContentDisposition = Attachment(name);
        using var piece = new MemoryStream();
        await using var json = new Utf8JsonWriter(piece);
        json.WriteStartArray();
        foreach (var row in table.Rows)
        {
            JsonLinesExport.Row(table.Columns, row, json);
            if (json.BytesPending < Piece)
                continue;
            json.Flush();
            await SendAsync(http, piece);
        }

        json.WriteEndArray();
        json.Flush();
        await SendAsync(http, piece);
    }

    /// <summary>What makes a reply a file of this name. A name may hold anything: it travels encoded (RFC 6266).</summary>
    public static string Attachment(string name) => $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}";

    /// <summary>A file to keep.</summary>
    public static async Task CsvAsync(HttpContext http, RowTable table, string name)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = Attachment(name);
        using var piece = new MemoryStream();
        await using var text = new StreamWriter(piece, new UTF8Encoding(false), leaveOpen: true);
        CsvExport.Header(table.Columns, text);
        foreach (var row in table.Rows)
        {
            CsvExport.Row(row, text);
            if (piece.Length >= Piece)
                await SendAsync(http, piece);
        }

        text.Flush();
        await SendAsync(http, piece);
    }

    static async Task SendAsync(HttpContext http, MemoryStream piece)
    {
        await http.Response.Body.WriteAsync(piece.GetBuffer().AsMemory(0, (int)piece.Length), http.RequestAborted);
        piece.SetLength(0);
    }
}
