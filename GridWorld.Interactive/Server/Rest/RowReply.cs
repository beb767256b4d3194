using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Writes rows as a reply, one piece at a time.</summary>
internal static class RowReply
{
    const int Piece = 32 * 1024;

    /// <summary>Writes a JSON array of objects, as a download if it has a name.</summary>
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

    /// <summary>
    /// The header that makes a reply a download with this name. The name is encoded, because it can contain anything (RFC 6266).
    /// </summary>
    public static string Attachment(string name) => $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}";

    /// <summary>Writes CSV as a download.</summary>
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
