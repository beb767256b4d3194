using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The options of the live view's server.</summary>
internal static class Serving
{
    public static readonly Option Serve = Options.Flag("--serve", "Show the training in the live view. Its URL is printed on stderr.");
    public static readonly Option Port = Options.Value("--port", "P", "The port of the live view on 127.0.0.1. Default: a free port.");

    /// <summary>The options of the server; null if it is not requested.</summary>
    public static ServerOptions? Read(ParsedOptions given)
    {
        var options = Always(given);
        return given.Flag(Serve) ? options : null;
    }

    /// <summary>Prints the URL of a sweep or an ensemble on stderr, if there is a server.</summary>
    public static void Say(WidgetServer? server, string sweep)
    {
        if (server is not null)
            Console.Error.WriteLine(server.Url(WidgetServer.OfSweep(sweep)));
    }

    /// <summary>The options of the server. Its token comes from GRIDWORLD_TOKEN, if set.</summary>
    public static ServerOptions Always(ParsedOptions given) => new()
    {
        Port = given.Whole(Port, 0, 65535) ?? 0,
        Store = given.Text(Options.Store) ?? RunOptions.DefaultStore,
    };
}
