namespace GridWorld;

/// <summary>Sends the current map as the tiles of a frame, for callers without a connection.</summary>
internal sealed class MapEndpoint(ServedRuns runs)
{
    public Task Map(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var part = new MapRequest(query.OneOf("layer", [.. MapLayer.Names]) ?? MapLayer.Names[0],
            Number("x", 0) ?? 0, Number("y", 0) ?? 0, Number("width", 1) ?? ViewRequest.Furthest, Number("height", 1)
            ?? ViewRequest.Furthest);
        query.Done();
        var run = runs.FindOrOnly(query.Session);
        var tiles = new MapFeed(part, run.View.World).Tiles(run.Map(run.View, run.Look().Agent));
        return Reply.Json(call.Http, new(run.View.Id, tiles), WireJson.Default.WireTiles);

        int? Number(string name, int least) => (int?)query.Integer(name, least, ViewRequest.Furthest);
    }
}
