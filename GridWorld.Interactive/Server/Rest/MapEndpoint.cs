namespace GridWorld;

/// <summary>A map as it is now, for whoever holds no connection: the tiles that a frame would carry.</summary>
internal sealed class MapEndpoint(ServedRuns runs)
{
    public Task Map(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var part = new MapRequest(query.OneOf("layer", [.. MapLayer.Names]) ?? MapLayer.Names[0],
            Number("x", 0) ?? 0, Number("y", 0) ?? 0, Number("width", 1) ?? ViewRequest.Furthest, Number("height", 1) ?? ViewRequest.Furthest);
        query.Done();
        var run = runs.FindOrOnly(query.Session);
        var tiles = new MapFeed(part, run.View.World).Changes(run.Map(run.View, run.Look().Agent)).ToList();
        return Reply.Json(call.Http, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("session_id", run.View.Id);
            writer.WriteStartArray("tiles");
            foreach (var tile in tiles)
                writer.WriteRawValue(tile.Json.Span, skipInputValidation: true);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });

        int? Number(string name, int least) => (int?)query.Integer(name, least, ViewRequest.Furthest);
    }
}
