//! Writes one page of each kind into a folder, to look at: `cargo run -p d06-pdf --example pages -- /tmp/pages`.

#[path = "../tests/it/sample.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "shared with the tests")]
mod sample;

use d06_pdf::sign::SoftwareKeys;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("receipt.pdf"), d06_pdf::receipt(&sample::receipt())?.pdf)?;
    for form in d06_kernel::port::document::LetterForm::ALL {
        let name = format!("letter-{}.pdf", form.number());
        std::fs::write(folder.join(name), d06_pdf::letter(&sample::letter(form))?.pdf)?;
    }
    std::fs::write(folder.join("confirmation.pdf"), d06_pdf::result(&sample::confirmation())?.pdf)?;
    std::fs::write(folder.join("certificate.pdf"), d06_pdf::result(&sample::certificate())?.pdf)?;
    std::fs::write(folder.join("decision.pdf"), d06_pdf::result(&sample::decision())?.pdf)?;
    let keys = SoftwareKeys::open(&d06_kernel::Cx::of_machine(), &folder.join("keys"))?;
    std::fs::write(folder.join("signed.pdf"), sample::signed(&keys).await)?;
    Ok(())
}
