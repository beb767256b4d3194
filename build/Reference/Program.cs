using GridWorld.Build;

string folder = Path.Combine(ReferencePages.Root, "docs", "reference");
if (Directory.Exists(folder))
    Directory.Delete(folder, recursive: true);
Directory.CreateDirectory(folder);
foreach (var (page, text) in ReferencePages.Make())
    File.WriteAllText(Path.Combine(folder, page), text);
new Site(ReferencePages.Root).Write(Path.Combine(ReferencePages.Root, "artifacts", "site"));
