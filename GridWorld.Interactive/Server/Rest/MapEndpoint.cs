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
        var tiles = new MapFeed(part, run.View.World).Tiles(run.Map(run.View, run.Look().Agent));
        return Reply.Json(call.Http, new(run.View.Id, tiles), WireJson.Default.WireTiles);

        int? Number(string name, int least) => (int?)query.Integer(name, least, ViewRequest.Furthest);
    }
}
