using System.IO.Pipelines;

namespace GridWorld;

/// <summary>A connection with a meter on its incoming side.</summary>
internal sealed record MeteredPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
