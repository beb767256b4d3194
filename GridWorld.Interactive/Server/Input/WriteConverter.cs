using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>A converter for types that the server only writes.</summary>
internal abstract class WriteConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
